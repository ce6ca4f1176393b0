import { type HttpServer, Problem } from '@phone82/http';

/** Where there is no issuer: nobody is signed in, and there is no way to. */
export function addNoSessionRoute(server: HttpServer): void {
  server.get('/session', { schema: { hide: true }, config: { access: 'public' } }, () => {
    throw new Problem('not-signed-in');
  });
}
