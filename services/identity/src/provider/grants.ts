import type { KoaContextWithOIDC } from 'oidc-provider';

const SCOPE = 'openid profile offline_access';
export const REFRESH_TOKEN_LIFE_S = 12 * 60 * 60;
/** A grant has to outlive the refresh token that it is behind. */
export const GRANT_LIFE_S = REFRESH_TOKEN_LIFE_S + 60 * 60;

/**
 * The grant of this sign-in; there is no consent screen, for the only client is our own. Each sign-in has one of its own: revoking the
 * refresh token of an earlier one revokes its grant, and with it all tokens of that grant.
 */
export async function grantFor(ctx: KoaContextWithOIDC) {
  const { provider, session, client } = ctx.oidc;
  const accountId = session?.accountId;
  if (!session || !client || !accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId });
  grant.addOIDCScope(SCOPE);
  await grant.save();
  return grant;
}
