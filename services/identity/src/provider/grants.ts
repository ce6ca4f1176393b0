import type { KoaContextWithOIDC } from 'oidc-provider';

const SCOPE = 'openid profile offline_access';
export const REFRESH_TOKEN_LIFE_S = 12 * 60 * 60;
/** A grant has to outlive each refresh token that it is behind. */
export const GRANT_LIFE_S = 4 * REFRESH_TOKEN_LIFE_S;

/** The grant of this sign-in. There is no consent screen: the only client is our own. */
export async function grantFor(ctx: KoaContextWithOIDC) {
  const { provider, session, client } = ctx.oidc;
  const accountId = session?.accountId;
  if (!session || !client || !accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  const existing = known ? await provider.Grant.find(known) : undefined;
  if (existing && existing.accountId === accountId && existing.remainingTTL > REFRESH_TOKEN_LIFE_S)
    return existing;
  const grant = new provider.Grant({ clientId: client.clientId, accountId });
  grant.addOIDCScope(SCOPE);
  await grant.save();
  return grant;
}
