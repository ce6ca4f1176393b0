import { notRunning, UsageFault } from '../faults.ts';
import { accessToken, signInLinks } from '../sign-in/issuer-client.ts';
import { type Run, readArguments } from './command.ts';

/** A one-time sign-in link, or with --token an access token alone, so that it can be used inside another command. */
export const run: Run = async (args, { system, supervisor, print }) => {
  const { values, positionals } = readArguments(args, { token: { type: 'boolean' } }, { atMost: 1 });
  const [person] = positionals;
  if (!person) throw new UsageFault('Name a role: customer, customer2, agency, marketing or operator.');
  if (!(await supervisor.status())) throw notRunning();
  if (values.token) print(await accessToken(system, person));
  else for (const { url } of await signInLinks(system, person)) print(url);
  return 0;
};
