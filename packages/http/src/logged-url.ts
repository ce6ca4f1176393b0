import type { FastifyRequest } from 'fastify';

/** A request's target as logs show it: without its query where that holds a secret. */
export const loggedUrl = ({ url, routeOptions }: Pick<FastifyRequest, 'url' | 'routeOptions'>): string =>
  routeOptions.config.secretQuery ? (url.split('?', 1)[0] ?? '') : url;
