import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '@phone82/contracts';
import { incomingContext } from '@phone82/telemetry';
import type { ConnectionError, FastifyInstance } from 'fastify';
import { problemDocument } from './problem-document.ts';

/** The answer to the newest request of each connection. Answers leave in order, so it is the last one to leave. */
const newest = new WeakMap<Socket, ServerResponse>();
/** Connections on which nothing can be read any more. */
const broken = new WeakSet<Socket>();
const LINGER_MS = 1_000;

/**
 * Lets {@link answerClientErrors} know what is under way on each connection. An expectation other than `100-continue` may be ignored
 * (RFC 9110, section 10.1.1): Node's own refusal of it is no problem document.
 */
export function followExchanges({ server }: FastifyInstance): void {
  server.on('request', ({ socket }, response) => void newest.set(socket, response));
  server.on('checkExpectation', (request, response) => void server.emit('request', request, response));
}

/**
 * Answers bytes that are not HTTP, and closes the connection. A request that arrived whole is carried out and gets its own answer
 * first: a refusal in its place would say that nothing was done. A request whose body broke off is not carried out, so the refusal
 * is its answer, in its turn.
 */
export function answerClientErrors(error: ConnectionError, socket: Socket): void {
  // The parser reports the same fault for each further piece of data.
  if (broken.has(socket)) return;
  broken.add(socket);
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const response = newest.get(socket);
  const refuse = () => closeWith(socket, refusalOf(error));
  if (!response || (response.writableFinished && response.req.complete)) refuse();
  else if (response.req.complete) response.once('close', refuse);
  else inItsTurn(response, () => (response.headersSent ? endAfter(response, socket) : refuse()));
}

function inItsTurn(response: ServerResponse, act: () => void): void {
  if (response.headersSent || response.socket) act();
  else response.once('socket', act);
}

/** A request can be answered before its body has come: that answer is the one that counts. */
function endAfter(response: ServerResponse, socket: Socket): void {
  if (response.writableFinished) closeWith(socket, '');
  else response.once('close', () => closeWith(socket, ''));
}

/** Lingers before it resets the connection, so that the client can read what was written. */
function closeWith(socket: Socket, text: string): void {
  if (!socket.writable) return void socket.destroy();
  socket.end(text);
  const end = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(end));
}

function refusalOf({ code }: ConnectionError): string {
  const isLate = code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const problem = isLate ? new Problem('request-timeout') : new Problem('request-invalid', { reason: code });
  const { correlationId } = incomingContext({});
  const body = JSON.stringify(problemDocument(problem, 'ko', { path: '', correlationId }));
  const head = [
    isLate ? 'HTTP/1.1 408 Request Timeout' : 'HTTP/1.1 400 Bad Request',
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
