import { connect } from 'node:net';

export interface RawExchangeOptions {
  /** Stops waiting for bytes after this long, in milliseconds. Default 5,000. */
  readonly patienceMs?: number;
  /** Called with each chunk; returns true once enough has come. Default: waits until the server closes. */
  isEnough?(received: string): boolean;
}

/**
 * Writes bytes to a server as they are, and gives what came back until the server closed, `isEnough` said so or the
 * patience was over. Strings in an array are written one after the other, a turn of the event loop apart. Latin-1, both ways.
 */
export function rawExchange(
  port: number,
  bytes: string | readonly string[],
  { patienceMs = 5_000, isEnough = () => false }: RawExchangeOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let received = '';
    const patience = setTimeout(() => socket.destroy(), patienceMs);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (isEnough(received)) socket.destroy();
    });
    socket.on('connect', async () => {
      for (const part of [bytes].flat()) {
        if (!socket.writable) return;
        socket.write(part, 'latin1');
        await new Promise((turn) => setTimeout(turn, 5));
      }
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') reject(error);
    });
    socket.on('close', () => {
      clearTimeout(patience);
      resolve(received);
    });
  });
}

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; of several with one name, the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const HEAD_END = '\r\n\r\n';
const NO_BODY = { body: '', length: 0 };

/**
 * The answers in what a server sent, interim ones (1xx) included; one that is not whole yet is left out. `methods`: those of the requests,
 * for an answer to `HEAD` has no body whatever its length says.
 */
export function answersIn(received: string, methods: readonly string[] = []): readonly RawAnswer[] {
  const answers: RawAnswer[] = [];
  let finals = 0;
  let rest = received;
  while (rest.startsWith('HTTP/1.')) {
    const end = rest.indexOf(HEAD_END);
    if (end < 0) break;
    const [statusLine = '', ...lines] = rest.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(lines.map(fieldOf));
    const status = Number(statusLine.split(' ')[1]);
    const isBodyless = status < 200 || status === 204 || status === 304 || methods[finals] === 'HEAD';
    const { body, length } = isBodyless ? NO_BODY : bodyAt(rest, end + HEAD_END.length, headers);
    if (rest.length < end + HEAD_END.length + length) break;
    if (status >= 200) finals += 1;
    answers.push({ status, headers, body });
    rest = rest.slice(end + HEAD_END.length + length);
  }
  return answers;
}

function fieldOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function bodyAt(text: string, from: number, headers: Readonly<Record<string, string>>) {
  if (headers['transfer-encoding'] === 'chunked') return chunkedAt(text, from);
  const length = Number(headers['content-length'] ?? 0);
  return { body: text.slice(from, from + length), length };
}

function chunkedAt(text: string, from: number) {
  let body = '';
  let at = from;
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at);
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    if (lineEnd < 0 || Number.isNaN(size)) return { body, length: Number.POSITIVE_INFINITY };
    at = lineEnd + 2 + size + 2;
    if (size === 0) return { body, length: at - from };
    body += text.slice(lineEnd + 2, lineEnd + 2 + size);
  }
}
