const PREFIX = 'ticket:';

/** The secret of a one-time sign-in link in the parameters of an authorization request. */
export function ticketIn(params: { readonly login_hint?: unknown }): string | undefined {
  const { login_hint: hint } = params;
  return typeof hint === 'string' && hint.startsWith(PREFIX) ? hint.slice(PREFIX.length) : undefined;
}
