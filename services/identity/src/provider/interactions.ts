import { interactionPolicy } from 'oidc-provider';
import { ticketIn } from '../tickets/login-hint.ts';

/** When a person has to sign in: as the provider says, and for each one-time link, whoever is signed in now. */
export function signInPolicy() {
  const policy = interactionPolicy.base();
  policy.get('login')?.checks.add(
    new interactionPolicy.Check('ticket', 'a one-time link has to be redeemed', ({ oidc }) => {
      return ticketIn(oidc.params ?? {}) !== undefined && !oidc.result?.login;
    }),
  );
  return policy;
}
