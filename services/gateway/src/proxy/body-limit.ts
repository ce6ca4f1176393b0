import { Transform } from 'node:stream';
import { BODY_LIMIT_BYTES, Problem } from '@phone82/http';
import type { FastifyRequest } from 'fastify';

type Payload = FastifyRequest['raw'];

/**
 * A body as it is passed on: no longer than a service takes. A service that refuses a long one closes its connection while the body is
 * still being sent, which would look like a lost answer.
 * @throws Problem `body-too-large` if its length says so; else, while it is read, as the stream's error. Nothing is done then, for a service
 * acts on whole bodies only.
 */
export function limitedBody(payload: Payload): Payload | Transform {
  const length = payload.headers['content-length'];
  if (length === undefined) return counted(payload);
  if (Number(length) > BODY_LIMIT_BYTES) throw new Problem('body-too-large');
  return payload;
}

function counted(payload: Payload): Transform {
  let bytes = 0;
  const limited = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      if (bytes > BODY_LIMIT_BYTES) done(new Problem('body-too-large'));
      else done(null, chunk);
    },
  });
  // A client that leaves in the middle ends the request to the service as well.
  payload.once('close', () => void (payload.complete || limited.destroy()));
  return payload.pipe(limited);
}
