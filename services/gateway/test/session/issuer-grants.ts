import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const CLIENT = { id: 'phone82-gateway', secret: 'a client secret: with %25 signs' } as const;

/** How the issuer of a test behaves; a test changes it while it runs. */
export interface IssuerBehaviour {
  subject: string;
  roles: readonly string[];
  name: string;
  /** Life of an access token, in seconds. */
  expiresIn: number;
  /** The issuer answers nothing. */
  down: boolean;
  /** Puts another nonce into the ID token. */
  wrongNonce: boolean;
  /** How long a token answer takes, in milliseconds. */
  slowMs: number;
}

interface Grant {
  readonly subject: string;
  readonly sid: string;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

export type Sign = (claims: object, header?: Readonly<Record<string, string>>) => Promise<string>;

/** Signs as the issuer whose URL `issuer` says. */
export async function createSigner(
  issuer: () => string,
): Promise<{ readonly jwk: object; readonly sign: Sign }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return {
    jwk: { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' },
    sign: (claims, header = {}) =>
      new SignJWT({ iss: issuer(), iat: seconds(), jti: randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header })
        .sign(privateKey),
  };
}

export const seconds = () => Math.floor(Date.now() / 1_000);

/** Codes with PKCE and rotated refresh tokens, each of which counts once. */
export function createGrants(sign: Sign, behaviour: IssuerBehaviour) {
  const codes = new Map<string, Grant>();
  const refreshable = new Map<string, Grant>();
  const refreshes: string[] = [];
  const given: string[] = [];
  const tokens = async (grant: Grant, nonce?: string) => {
    const { subject: sub, sid } = grant;
    const { roles, name, expiresIn } = behaviour;
    const exp = seconds() + expiresIn;
    const access = await sign({ sub, aud: 'phone82', exp, roles, client_id: CLIENT.id }, { typ: 'at+jwt' });
    const id = await sign({ sub, aud: CLIENT.id, exp, sid, name, ...(nonce && { nonce }) });
    const refresh = randomUUID();
    refreshable.set(refresh, grant);
    given.push(access, refresh, id);
    return {
      ...{ access_token: access, token_type: 'Bearer', expires_in: expiresIn },
      ...{ refresh_token: refresh, id_token: id },
    };
  };
  return {
    ...{ refreshes, given },
    newCode: (grant: Grant) => {
      const code = randomUUID();
      codes.set(code, grant);
      return code;
    },
    forget: () => refreshable.clear(),
    revoke: (token: string) => refreshable.delete(token),
    /** What `POST /token` answers; undefined for `invalid_grant`. */
    exchange: async (form: URLSearchParams): Promise<object | undefined> => {
      if (form.get('grant_type') === 'refresh_token') {
        const used = form.get('refresh_token') ?? '';
        const grant = refreshable.get(used);
        if (!grant) return undefined;
        refreshable.delete(used);
        refreshes.push(used);
        return tokens(grant);
      }
      const code = form.get('code') ?? '';
      const grant = codes.get(code);
      codes.delete(code);
      if (!grant || !answers(form, grant)) return undefined;
      return tokens(grant, behaviour.wrongNonce ? 'another' : grant.nonce);
    },
  };
}

const answers = (form: URLSearchParams, { challenge, redirectUri }: Grant) =>
  form.get('redirect_uri') === redirectUri &&
  createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url') === challenge;
