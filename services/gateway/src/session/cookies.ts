import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OwnOrigin } from './own-origin.ts';

const HOST_PREFIX = '__Host-';

/** The name under which a browser keeps a cookie: with a prefix that binds it to this host, except for plain http on loopback. */
export const cookieName = ({ isSecure }: OwnOrigin, name: string) => (isSecure ? HOST_PREFIX + name : name);

/** The cookies that a browser sent, by name. */
export const cookiesOf = ({
  headers,
  server,
}: FastifyRequest): Readonly<Record<string, string | undefined>> =>
  headers.cookie === undefined ? {} : server.parseCookie(headers.cookie);

export function setCookie(
  reply: FastifyReply,
  origin: OwnOrigin,
  { name, value, maxAgeSeconds }: { name: string; value: string; maxAgeSeconds?: number },
): void {
  reply.setCookie(cookieName(origin, name), value, {
    httpOnly: true,
    path: '/',
    sameSite: 'lax',
    secure: origin.isSecure,
    ...(maxAgeSeconds !== undefined && { maxAge: maxAgeSeconds }),
  });
}

export const clearCookie = (reply: FastifyReply, origin: OwnOrigin, name: string) =>
  setCookie(reply, origin, { name, value: '', maxAgeSeconds: 0 });
