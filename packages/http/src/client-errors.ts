import type { Socket } from 'node:net';
import { Problem } from '@phone82/contracts';
import { incomingContext } from '@phone82/telemetry';
import type { ConnectionError } from 'fastify';
import { problemDocument } from './problem-document.ts';

/** Answers what is not even HTTP: there is no request yet, so nothing but the socket to write to. */
export function answerClientErrors(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { correlationId } = incomingContext({});
  const problem = new Problem('request-invalid', { reason: error.code });
  const body = JSON.stringify(problemDocument(problem, 'ko', { path: '', correlationId }));
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
