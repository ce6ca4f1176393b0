import { StringDecoder } from 'node:string_decoder';
import type { BatchedAnswer } from '@phone82/contracts';
import type { Dispatcher } from 'undici';
import type { Answer } from './answer.ts';
import { type Headers, parse, UNREACHABLE } from './answer-reader.ts';
import type { Sending } from './sending.ts';

/** One call of a batch. */
export interface Member {
  readonly sending: Sending;
  done(answer: Answer): void;
}

export interface BatchCourse {
  /** Given up before anything was written, because the time of some was over: these are still to be sent. */
  notBegun(left: readonly Member[]): void;
  /** The remote takes no batches, and did nothing. */
  notTaken(left: readonly Member[]): void;
}

/**
 * How a remote says that it did nothing because it knows no such path, method or media type. The Java services answer 406
 * to a media type that they do not produce.
 */
const TAKES_NO_BATCHES: ReadonlySet<number> = new Set([400, 404, 405, 406, 410, 413, 415, 501]);
const OK = 200;
const FIRST_REFUSAL = 400;
const LOST: Answer = { kind: 'unknown', reason: 'connectionLost' };

/** Takes in the answers to a batch, a line each, and gives each call its own. */
export class BatchReader implements Dispatcher.DispatchHandler {
  readonly #members: readonly Member[];
  readonly #course: BatchCourse;
  readonly #open: Map<number, { stopListening(): void }>;
  readonly #decoder = new StringDecoder('utf8');
  /** Set once the batch is being written. */
  #controller: Dispatcher.DispatchController | undefined;
  #wasGivenUp = false;
  #status = 0;
  #headers: Headers = {};
  #text = '';

  constructor(members: readonly Member[], course: BatchCourse) {
    this.#members = members;
    this.#course = course;
    this.#open = new Map(members.map((_, line) => [line, { stopListening: () => undefined }]));
  }

  /** Nothing is written before this: with a call whose time is over, which is told that it was not sent, nothing may be. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#members.some(({ sending }) => sending.signal.aborted)) {
      controller.abort(new Error('the time of a call was over before it was sent'));
      return;
    }
    this.#controller = controller;
    for (const [line, { sending }] of this.#members.entries()) {
      sending.progress.started = true;
      const giveUp = () => {
        this.#wasGivenUp = true;
        this.#end(line, { kind: 'unknown', reason: 'timeout' });
      };
      sending.signal.addEventListener('abort', giveUp);
      this.#open.set(line, { stopListening: () => sending.signal.removeEventListener('abort', giveUp) });
    }
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < OK) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#text += this.#decoder.write(chunk);
    if (this.#status !== OK) return;
    const lines = this.#text.split('\n');
    this.#text = lines.pop() ?? '';
    for (const text of lines) this.#answer(parse(text) as Partial<BatchedAnswer> | null | undefined);
  }

  onResponseEnd(): void {
    const status = this.#status;
    if (TAKES_NO_BATCHES.has(status)) this.#course.notTaken(this.#restAsUnsent());
    // No other success is one of each: what is not in a line was not said.
    else if (status < FIRST_REFUSAL) this.#endAll(LOST);
    else this.#endAll({ kind: 'answered', status, body: parse(this.#text), headers: this.#headers });
  }

  onResponseError(): void {
    const isOver = ({ sending }: Member) => sending.signal.aborted;
    if (this.#controller) this.#endAll(LOST);
    else if (this.#members.some(isOver)) {
      const rest = this.#rest();
      for (const { done } of rest.filter(isOver)) done(UNREACHABLE);
      this.#course.notBegun(rest.filter((member) => !isOver(member)));
    } else this.#endAll(UNREACHABLE);
  }

  /** A line that is no answer to a call of this batch says nothing about any. */
  #answer(answer: Partial<BatchedAnswer> | null | undefined): void {
    const { line, status, headers = {}, body } = answer ?? {};
    if (typeof line !== 'number' || typeof status !== 'number') return;
    this.#end(line, { kind: 'answered', status, headers, body });
  }

  #end(line: number, answer: Answer): void {
    const open = this.#open.get(line);
    if (!open) return;
    open.stopListening();
    this.#open.delete(line);
    this.#members[line]?.done(answer);
    // What is no longer waited for would keep the connection for as long as the remote likes.
    if (this.#open.size === 0 && this.#wasGivenUp)
      this.#controller?.abort(new Error('no call waits any more'));
  }

  #endAll(answer: Answer): void {
    for (const line of [...this.#open.keys()]) this.#end(line, answer);
  }

  /** Of what the remote did not take, a call that never leaves by itself either was not sent. */
  #restAsUnsent(): readonly Member[] {
    const rest = this.#rest();
    for (const { sending } of rest) sending.progress.started = false;
    return rest;
  }

  /** Those without an answer, which this reader no longer gives them. */
  #rest(): readonly Member[] {
    const lines = [...this.#open.keys()];
    for (const line of lines) this.#open.get(line)?.stopListening();
    this.#open.clear();
    return lines.flatMap((line) => this.#members[line] ?? []);
  }
}
