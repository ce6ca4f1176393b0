import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { answersIn, type RawAnswer } from '@phone82/testkit';
import type { Conversation } from './element.ts';

/** Without bytes for so long, nothing more comes of a request that the server cannot tell the end of. */
const QUIET_MS = 1_000;
const PATIENCE_MS = 8_000;

/** What a client has in hand when it stops listening. */
export interface Heard {
  /** In their order, without interim ones (1xx). */
  readonly answers: readonly RawAnswer[];
  /** The server closed the connection: no further answer could have come. */
  readonly isEnded: boolean;
}

/** Sends a conversation as planned, and listens until nothing more is to come. */
export async function converse(port: number, conversation: Conversation): Promise<Heard> {
  const { elements, delivery } = conversation;
  const methods = elements.map(({ method }) => method);
  const isBroken = elements.some((element) => element.isBroken);
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received = '';
  let isOpen = true;
  let heardAt = performance.now();
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received += chunk;
    heardAt = performance.now();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isOpen = false;
  });
  await deliver(socket, conversation, () => isOpen);
  const sentAt = performance.now();
  const answers = () => finalAnswers(received, methods);
  while (isOpen && delivery.leavesAfter === undefined) {
    await delay(4);
    const now = performance.now();
    if (!isBroken && answers().length >= elements.length) break;
    if (now - sentAt > (isBroken ? QUIET_MS : PATIENCE_MS) && now - heardAt > QUIET_MS) break;
  }
  const heard = { answers: answers(), isEnded: !isOpen };
  socket.destroy();
  return heard;
}

async function deliver(
  socket: ReturnType<typeof connect>,
  { elements, delivery }: Conversation,
  isOpen: () => boolean,
) {
  const bytes = elements.map((element) => element.bytes).join('');
  const end = Math.ceil(bytes.length * (delivery.leavesAfter ?? 1));
  const size = Math.max(1, Math.ceil(end / delivery.pieces));
  for (let at = 0; at < end && isOpen(); at += size) {
    socket.write(bytes.slice(at, Math.min(at + size, end)), 'latin1');
    if (delivery.pieces > 1) await delay(delivery.pauseMs);
  }
  if (delivery.leavesAfter !== undefined) await new Promise((turn) => setImmediate(turn));
}

function finalAnswers(received: string, methods: readonly string[]): readonly RawAnswer[] {
  return answersIn(received, methods).filter(({ status }) => status >= 200);
}
