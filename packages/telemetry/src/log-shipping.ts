import { connect, type Socket } from 'node:net';

export interface LogShippingOptions {
  readonly host: string;
  /** Default 24224, fluentd's own. */
  readonly port?: number | undefined;
  /** What the lines are filed under. */
  readonly tag: string;
  /** Told how many lines were given up because the receiver is away or slow. */
  onDropped(lines: number): void;
}

export interface LogShipping {
  /** Takes a line of JSON. Never waits, never throws. */
  write(line: string): void;
  /** Gives what waits a second to leave, and closes. */
  stop(): Promise<void>;
}

const FLUENTD_PORT = 24_224;
/** Bytes that wait for the receiver, in this process; later lines are dropped until there is room again. */
const MOST_WAITING = 1024 * 1024;
const CONNECT_AGAIN_MS = 1_000;
const LAST_WORDS_MS = 1_000;

/**
 * Sends log lines to fluentd by its forward protocol, in JSON, which its `in_forward` takes as well as MessagePack. The
 * lines are on standard output all the same: this is a copy, and what does not fit is dropped and counted.
 */
export function shipLogs({ host, port = FLUENTD_PORT, tag, onDropped }: LogShippingOptions): LogShipping {
  let socket: Socket | undefined;
  let isConnected = false;
  let waiting: string[] = [];
  let waitingBytes = 0;
  let again: NodeJS.Timeout | undefined;
  let isStopped = false;

  const dial = () => {
    socket = connect({ host, port });
    socket.unref();
    socket.once('connect', () => {
      isConnected = true;
      flush();
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      isConnected = false;
      if (!isStopped) again = setTimeout(dial, CONNECT_AGAIN_MS).unref();
    });
  };
  const flush = () => {
    const lines = waiting;
    [waiting, waitingBytes] = [[], 0];
    if (lines.length > 0) socket?.write(lines.join(''));
  };
  dial();
  return {
    write: (line) => {
      const message = `["${tag}",${Math.floor(Date.now() / 1_000)},${line.trimEnd()}]\n`;
      const pending = waitingBytes + (socket?.writableLength ?? 0);
      if (pending + message.length > MOST_WAITING) return onDropped(1);
      if (isConnected) return void socket?.write(message);
      waiting.push(message);
      waitingBytes += message.length;
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(again);
      if (isConnected) await ended(socket as Socket);
      socket?.destroy();
    },
  };
}

function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, LAST_WORDS_MS);
    socket.end(() => {
      clearTimeout(patience);
      resolve();
    });
  });
}
