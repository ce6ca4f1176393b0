import type { ClaimNames } from '@phone82/access';
import { Problem } from '@phone82/http';
import type { Environment, Log } from '@phone82/runtime';
import * as oidc from 'openid-client';
import type { Tokens } from './session.ts';
import { tokensOf } from './tokens-of.ts';

/** What is needed of the OpenID Connect issuer. Where it does not answer, calls throw Problem `service-unavailable`. */
export interface Issuer {
  /** Where a browser signs in. */
  authorizationUrl(parameters: Readonly<Record<string, string>>): Promise<URL>;
  /** @throws SignInRefused if the answer does not belong to the request or the issuer refuses the code. */
  exchange(callback: URL, checks: CallbackChecks): Promise<Tokens>;
  /** @throws RefreshRefused if the issuer does not accept the token any more. */
  refresh(refreshToken: string, before: Tokens): Promise<Tokens>;
  /** Best effort: what fails is logged. */
  revoke(refreshTokens: readonly string[]): Promise<void>;
  /** Where a page goes to sign out at the issuer as well; undefined where there is no such page or no answer. */
  endSessionUrl(parameters: Readonly<Record<string, string>>): Promise<string | undefined>;
  /** What is published of it. */
  metadata(): Promise<oidc.ServerMetadata>;
}

export interface CallbackChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}
export class RefreshRefused extends Error {
  override readonly name = 'RefreshRefused';
}

export interface IssuerOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly claimNames: ClaimNames;
  readonly environment: Pick<Environment, 'now'>;
  readonly log: Log;
}

export function createIssuer(options: IssuerOptions): Issuer {
  const { environment, log, claimNames } = options;
  const configuration = lazyConfiguration(options);
  const read = (response: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers, before?: Tokens) =>
    tokensOf(response, { now: environment.now(), claimNames, before });
  return {
    authorizationUrl: async (parameters) => oidc.buildAuthorizationUrl(await configuration(), parameters),
    exchange: async (callback, { state, nonce, verifier }) => {
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      };
      const config = await configuration();
      const refused = refusedAs(SignInRefused, log);
      return read(await oidc.authorizationCodeGrant(config, callback, checks).catch(refused));
    },
    refresh: async (refreshToken, before) => {
      const config = await configuration();
      const refused = refusedAs(RefreshRefused, log);
      const answer = await oidc.refreshTokenGrant(config, refreshToken).catch(refused);
      const tokens = read(answer, before);
      if (tokens.person.subject !== before.person.subject) throw new RefreshRefused('another subject');
      return tokens;
    },
    revoke: async (refreshTokens) => {
      try {
        const config = await configuration();
        if (!config.serverMetadata().revocation_endpoint) return;
        for (const token of refreshTokens) await oidc.tokenRevocation(config, token);
      } catch (error) {
        log.warn({ why: reasonOf(error) }, 'refresh tokens were not revoked');
      }
    },
    endSessionUrl: async (parameters) => {
      const config = await configuration().catch(() => undefined);
      if (!config?.serverMetadata().end_session_endpoint) return undefined;
      return oidc.buildEndSessionUrl(config, parameters).href;
    },
    metadata: async () => (await configuration()).serverMetadata(),
  };
}

const TIMEOUT_S = 10;
const DISCOVERY_TIMEOUT_S = 4;
const RETRY_AFTER_S = 3;
const DISCOVER_AGAIN_MS = 60 * 60 * 1_000;

/** Asks the issuer for its metadata when it is needed first, and again after an hour; while it is away the old one counts. */
function lazyConfiguration(options: IssuerOptions): () => Promise<oidc.Configuration> {
  let known: oidc.Configuration | undefined;
  let readAt = 0;
  let asking: Promise<oidc.Configuration> | undefined;
  const ask = () => {
    asking ??= discover(options)
      .then((configuration) => {
        readAt = performance.now();
        known = configuration;
        return configuration;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  return async () => {
    if (!known) return ask();
    if (performance.now() - readAt > DISCOVER_AGAIN_MS) {
      readAt = performance.now();
      ask().catch(() => undefined);
    }
    return known;
  };
}

async function discover({ issuer, clientId, clientSecret, log }: IssuerOptions): Promise<oidc.Configuration> {
  try {
    const configuration = await oidc.discovery(
      new URL(issuer),
      clientId,
      { client_secret: clientSecret },
      oidc.ClientSecretBasic(clientSecret),
      {
        timeout: DISCOVERY_TIMEOUT_S,
        execute: [
          oidc.enableNonRepudiationChecks,
          ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
        ],
      },
    );
    configuration.timeout = TIMEOUT_S;
    return configuration;
  } catch (error) {
    log.warn({ why: reasonOf(error) }, 'the issuer was not reached');
    throw new Problem('service-unavailable', {}, RETRY_AFTER_S);
  }
}

/** What the issuer answers to a code or token that does not count any more, and what we answer to an answer that is not for us. */
const REFUSALS = new Set([
  'invalid_grant',
  'access_denied',
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
]);

/** `invalid_client` is no refusal: a wrong secret of the gateway must not end the sessions of everybody. */
function refusedAs(Refused: new (message: string) => Error, log: Log) {
  return (error: unknown): never => {
    const why = reasonOf(error);
    if (error instanceof oidc.AuthorizationResponseError || REFUSALS.has(why)) throw new Refused(why);
    log.warn({ why }, 'the issuer did not give a token');
    throw new Problem('service-unavailable', {}, RETRY_AFTER_S);
  };
}

/** A code or an error word: the texts of errors may hold what was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError)
    return error.error;
  const { code, name, cause } = error as { code?: string; name?: string; cause?: { code?: string } };
  return code ?? cause?.code ?? name ?? 'unknown';
}
