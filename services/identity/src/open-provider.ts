import type { Account } from './accounts/account.ts';
import type { Handler } from './http/server.ts';
import { type SignInOptions, signInRoutes } from './http/sign-in-routes.ts';
import type { IssuerKeys } from './keys/issuer-keys.ts';
import { createProvider, type ProviderOptions } from './provider/issuer-provider.ts';
import { issueToken } from './tokens/issue-token.ts';

export interface OpenProvider {
  /** When another key signs, so that the provider has to be opened again; undefined if that is not to come. */
  readonly changesAt: number | undefined;
  readonly handle: Handler;
  issueToken(account: Account): Promise<string>;
}

export type OpenProviderOptions = Omit<ProviderOptions, 'signingKeys' | 'cookieKeys'> &
  Omit<SignInOptions, 'provider'> & { readonly keys: IssuerKeys };

/** The provider with the keys that the database holds now, and its sign-in page. */
export async function openProvider(options: OpenProviderOptions): Promise<OpenProvider> {
  const { keys: signingKeys, changesAt } = await options.keys.signing();
  const cookieKeys = await options.keys.cookies();
  const provider = createProvider({ ...options, signingKeys, cookieKeys });
  const callback = provider.callback();
  const signIn = signInRoutes({ ...options, provider });
  return {
    changesAt,
    handle: async (request, response, path) =>
      path.startsWith('/interaction/') ? signIn(request, response) : callback(request, response),
    issueToken: (account) => issueToken(provider, account),
  };
}
