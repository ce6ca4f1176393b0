const LEVELS: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const HIDDEN = new Set(['level', 'time', 'msg', 'service', 'name', 'pid', 'hostname', 'v']);

export interface LogLine {
  /** Milliseconds since 1970; undefined for a line without a time of its own. */
  readonly time: number | undefined;
  readonly text: string;
}

/** Makes a line of a service's log readable; what is no JSON record stays as it is. */
export function readLogLine(service: string, line: string, width = service.length): LogLine {
  const fields = recordIn(line);
  const who = service.padEnd(width);
  if (!fields) {
    const { time, rest } = timeIn(line);
    return { time, text: `${time === undefined ? ' '.repeat(12) : clockTime(time)} ${who} ${rest}` };
  }
  const time = typeof fields.time === 'number' ? fields.time : Date.parse(String(fields.time ?? ''));
  const level = LEVELS[Number(fields.level)] ?? String(fields.level ?? 'info');
  const extra = Object.entries(fields)
    .filter(([key]) => !HIDDEN.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const words = [clockTime(time), who, level.padEnd(5), String(fields.msg ?? ''), ...extra];
  return { time: Number.isNaN(time) ? undefined : time, text: words.join(' ').trimEnd() };
}

function recordIn(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** PostgreSQL and the supervisor begin their lines with the time, in UTC. */
function timeIn(line: string): { time: number | undefined; rest: string } {
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d\.\d{3})(?:Z| UTC) (.*)$/.exec(line);
  if (!found) return { time: undefined, rest: line };
  return { time: Date.parse(`${found[1]}T${found[2]}Z`), rest: found[3] ?? '' };
}

const clockTime = (time: number) =>
  Number.isNaN(time)
    ? ' '.repeat(12)
    : `${new Date(time).toTimeString().slice(0, 8)}.${String((time % 1000) | 0).padStart(3, '0')}`;
