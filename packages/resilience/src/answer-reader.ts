import type { Dispatcher } from 'undici';
import type { Answer } from './answer.ts';
import type { Progress } from './progress.ts';

export type Headers = Extract<Answer, { kind: 'answered' }>['headers'];

export const UNREACHABLE: Answer = { kind: 'notSent', reason: 'unreachable', retryAfterMs: 1_000 };
const FIRST_FINAL_STATUS = 200;

/**
 * Takes one answer in. It is told of each part by undici, whose `request` makes a stream of every body: for a few hundred
 * bytes that costs more than to send and to receive them.
 */
export class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #progress: Progress;
  readonly #signal: AbortSignal;
  readonly #done: (answer: Answer) => void;
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #headers: Headers = {};
  #stopListening = () => {};

  constructor(progress: Progress, signal: AbortSignal, done: (answer: Answer) => void) {
    this.#progress = progress;
    this.#signal = signal;
    this.#done = done;
  }

  /** Nothing is written before this. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    const abort = () => controller.abort(this.#signal.reason);
    if (this.#signal.aborted) {
      abort();
      return;
    }
    this.#progress.started = true;
    this.#signal.addEventListener('abort', abort);
    this.#stopListening = () => this.#signal.removeEventListener('abort', abort);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < FIRST_FINAL_STATUS) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = parse(Buffer.concat(this.#chunks).toString());
    this.#end({ kind: 'answered', status: this.#status, body, headers: this.#headers });
  }

  onResponseError(): void {
    const reason = this.#signal.aborted ? 'timeout' : 'connectionLost';
    this.#end(this.#progress.started ? { kind: 'unknown', reason } : UNREACHABLE);
  }

  #end(answer: Answer): void {
    this.#stopListening();
    this.#done(answer);
  }
}

/** Undefined for what is no JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
