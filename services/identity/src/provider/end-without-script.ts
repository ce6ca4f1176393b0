import type { KoaContextWithOIDC } from 'oidc-provider';

/** Who is signed out already goes straight back: oidc-provider would send them on by a page that needs a script. */
export async function endWithoutScript(
  context: KoaContextWithOIDC,
  next: () => Promise<void>,
): Promise<void> {
  await next();
  const { oidc } = context;
  if (oidc?.route !== 'end_session' || context.status !== 200 || oidc.session?.accountId) return;
  context.body = null;
  context.status = 303;
  context.redirect(nextAddress(oidc));
}

/** The one that the client named is registered: oidc-provider has looked. */
function nextAddress(oidc: KoaContextWithOIDC['oidc']): string {
  const { post_logout_redirect_uri: back, state } = (oidc.params ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof back !== 'string') return oidc.urlFor('end_session_success');
  const url = new URL(back);
  if (typeof state === 'string') url.searchParams.set('state', state);
  return url.href;
}
