import type { SignInLink } from '../sign-in/issuer-client.ts';

/** How to get a link to sign in with; the last line of `status`. */
export const SIGN_IN_HINT =
  'sign in: "./phone82 login ROLE" prints a one-time link, with --token an access token';

/** One-time links as lines for a person. */
export function signInReport(links: readonly SignInLink[]): readonly string[] {
  const width = Math.max(...links.map(({ role }) => role.length));
  return [
    '',
    'sign in (each link once, within 10 minutes):',
    ...links.map(({ role, url }) => `  ${role.padEnd(width)}  ${url}`),
    '  "./phone82 login ROLE" prints a new one',
  ];
}
