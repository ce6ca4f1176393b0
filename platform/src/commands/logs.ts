import { setTimeout as delay } from 'node:timers/promises';
import { UsageFault } from '../faults.ts';
import { type LogLine, readLogLine } from '../logs/format.ts';
import { lastLines, linesAfter } from '../logs/tail.ts';
import { SERVER_NAMES } from '../servers/server.ts';
import { placeOf, type System, serviceNamed } from '../system.ts';
import { type Run, readArguments } from './command.ts';

const BETWEEN_LOOKS_MS = 300;
const OTHERS: readonly string[] = [...SERVER_NAMES, 'supervisor'];

interface Source {
  readonly name: string;
  readonly file: string;
  end: number;
}

export const run: Run = async (args, { system, print, outputLost }) => {
  const options = { follow: { type: 'boolean', short: 'f' }, lines: { type: 'string', short: 'n' } } as const;
  const { values, positionals } = readArguments(args, options, { atMost: 1 });
  const count = Number(values.lines ?? 200);
  if (!Number.isInteger(count) || count < 0) throw new UsageFault('--lines takes a whole number.');
  const sources = sourcesOf(system, positionals[0]);
  const width = Math.max(...sources.map(({ name }) => name.length));
  for (const line of (await beginning(sources, count, width)).slice(count === 0 ? Infinity : -count))
    print(line.text);
  while (values.follow && !outputLost.aborted) {
    await delay(BETWEEN_LOOKS_MS);
    for (const line of await news(sources, width)) print(line.text);
  }
  return 0;
};

function sourcesOf(system: System, name: string | undefined): Source[] {
  const services = system.topology.services.map((spec) => spec.name);
  const one = name !== undefined && OTHERS.includes(name) ? name : name && serviceNamed(system, name).name;
  const names = one ? [one] : [...services, ...OTHERS];
  return names.map((each) => ({ name: each, file: placeOf(system, 'logs', `${each}.log`), end: 0 }));
}

async function beginning(sources: readonly Source[], count: number, width: number): Promise<LogLine[]> {
  const parts = await Promise.all(
    sources.map(async (source) => {
      const { lines, end } = await lastLines(source.file, count);
      source.end = end;
      return lines.map((line) => readLogLine(source.name, line, width));
    }),
  );
  return inOrder(parts);
}

async function news(sources: readonly Source[], width: number): Promise<LogLine[]> {
  const parts = await Promise.all(
    sources.map(async (source) => {
      const { lines, end } = await linesAfter(source.file, source.end);
      source.end = end;
      return lines.map((line) => readLogLine(source.name, line, width));
    }),
  );
  return inOrder(parts);
}

/** A line without a time of its own, such as one of a stack trace, stays behind the line before it. */
function inOrder(parts: readonly (readonly LogLine[])[]): LogLine[] {
  const timed = parts.flatMap((lines) => {
    let last = 0;
    return lines.map((line) => {
      last = line.time ?? last;
      return { line, time: last };
    });
  });
  return timed.sort((a, b) => a.time - b.time).map(({ line }) => line);
}
