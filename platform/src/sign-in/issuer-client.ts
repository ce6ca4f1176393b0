import { Fault, UsageFault } from '../faults.ts';
import { readSecret } from '../home/secrets.ts';
import { connect } from '../story/api.ts';
import type { System } from '../system.ts';
import { ADMIN_SECRET, ISSUER } from '../topology.ts';

export interface SignInLink {
  readonly person: string;
  readonly role: string;
  /** Signs the person in, once. */
  readonly url: string;
}

const PATIENCE_MS = 10_000;

/** A new one-time link for the person; without one, a link for each role. @throws Fault where the issuer gives none. */
export async function signInLinks(system: System, person?: string): Promise<readonly SignInLink[]> {
  return ((await ask(system, '/local/tickets', { person })) as { links: readonly SignInLink[] }).links;
}

/** A new access token of the person. @throws Fault where the issuer gives none. */
export async function accessToken(system: System, person: string): Promise<string> {
  return ((await ask(system, '/local/tokens', { person })) as { accessToken: string }).accessToken;
}

async function ask(system: System, path: string, input: { person?: string | undefined }): Promise<unknown> {
  const authorization = `Bearer ${await readSecret(system, ADMIN_SECRET)}`;
  const api = connect(system, { patienceMs: PATIENCE_MS, connections: 1 });
  try {
    const { status, body } = await api.post(ISSUER, path, input, { authorization });
    if (status === 201) return body;
    if (status === 404 && body.people)
      throw new UsageFault(`There is no role "${input.person}": name one of ${body.people.join(', ')}.`);
    if (status === 0) throw new Fault(`${ISSUER} is not running: start it with "./phone82 start ${ISSUER}".`);
    throw new Fault(`${ISSUER} answered ${status}: "./phone82 logs ${ISSUER}" says why.`);
  } finally {
    await api.close();
  }
}
