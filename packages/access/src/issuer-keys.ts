import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** The issuer's keys cannot be had: nobody's token can be checked now. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

export interface IssuerKeysOptions {
  readonly issuer: string;
  /** Where the keys are. Default: where the issuer's discovery document says. */
  readonly jwksUrl?: string | undefined;
  /** Milliseconds. */
  readonly now: () => number;
  /** GETs JSON; rejects when it cannot. Default: `fetch`, within 3 s. */
  readonly getJson?: (url: string) => Promise<unknown>;
  /** Told of each failed fetch. */
  readonly onFailure?: (error: Error) => void;
  /** Told when the keys have changed. */
  readonly onChange?: () => void;
}

/** Keys older than this are fetched again; so soon a withdrawn key no longer counts. */
const FRESH_MS = 60_000;
/** So much longer they count while the issuer is away. */
const STALE_MS = 10 * 60_000;
const TIMEOUT_MS = 3_000;
const MOST_BYTES = 256 * 1024;

/**
 * The signing keys of an issuer. They are fetched at most once a minute, whatever key ids are asked for: first when they are needed, then behind
 * a request that finds them older than a minute.
 * @throws KeysUnavailable from the function returned, while no usable keys are known.
 */
export function issuerKeys(options: IssuerKeysOptions): JWTVerifyGetKey {
  const { now, onFailure, onChange, getJson = fetchJson } = options;
  let known:
    | { readonly text: string; readonly find: JWTVerifyGetKey; readonly fetchedAt: number }
    | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let trying: Promise<void> | undefined;

  const fetchKeys = async () => {
    const url = options.jwksUrl || (await discover(options.issuer, getJson));
    const keys = (await getJson(url)) as JSONWebKeySet;
    const text = JSON.stringify(keys);
    const isNew = known !== undefined && known.text !== text;
    known = { text, find: createLocalJWKSet(keys), fetchedAt: now() };
    if (isNew) onChange?.();
  };
  const refresh = (): Promise<void> => {
    if (trying) return trying;
    if (now() - triedAt < FRESH_MS) return Promise.resolve();
    triedAt = now();
    trying = fetchKeys()
      .catch((error: Error) => {
        onFailure?.(error);
        // Without any keys the next request may try again soon.
        if (!known) triedAt = now() - FRESH_MS + 1_000;
      })
      .finally(() => {
        trying = undefined;
      });
    return trying;
  };
  const usable = () => {
    if (known && now() - known.fetchedAt <= FRESH_MS + STALE_MS) return known.find;
    throw new KeysUnavailable("the issuer's keys are not known");
  };
  return async (header, token) => {
    if (!known || now() - known.fetchedAt > FRESH_MS + STALE_MS) await refresh();
    else if (now() - known.fetchedAt > FRESH_MS) void refresh();
    try {
      return await usable()(header, token);
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_JWKS_NO_MATCHING_KEY') throw error;
      // A key that came a moment ago.
      await refresh();
      return usable()(header, token);
    }
  };
}

async function discover(issuer: string, getJson: (url: string) => Promise<unknown>): Promise<string> {
  const found = (await getJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)) as Record<
    string,
    unknown
  >;
  if (found.issuer !== issuer)
    throw new Error(`the discovery document is of the issuer ${String(found.issuer)}`);
  if (typeof found.jwks_uri !== 'string') throw new Error('the discovery document names no jwks_uri');
  return found.jwks_uri;
}

async function fetchJson(url: string): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const text = await answer.text();
  if (text.length > MOST_BYTES) throw new Error(`${url} is too long`);
  return JSON.parse(text);
}
