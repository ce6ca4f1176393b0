import type Provider from 'oidc-provider';
import type { Account } from '../accounts/account.ts';
import { TERMINAL_CLIENT } from '../provider/clients.ts';
import { RESOURCE, resourceServer } from '../provider/resource.ts';

/** An access token of the provider for a person at the terminal, without a browser. */
export async function issueToken(provider: Provider, { subject }: Account): Promise<string> {
  const client = await provider.Client.find(TERMINAL_CLIENT);
  if (!client) throw new Error(`the provider has no client ${TERMINAL_CLIENT}`);
  const grant = new provider.Grant({ clientId: TERMINAL_CLIENT, accountId: subject });
  const token = new provider.AccessToken({
    client,
    accountId: subject,
    grantId: await grant.save(),
    gty: 'authorization_code',
    scope: '',
  } as ConstructorParameters<typeof provider.AccessToken>[0]);
  token.resourceServer = new provider.ResourceServer(RESOURCE, resourceServer);
  return token.save();
}
