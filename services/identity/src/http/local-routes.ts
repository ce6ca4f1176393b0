import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Tickets } from '../tickets/tickets.ts';
import { answerJson, bodyOf } from './answer.ts';

export interface LocalRoutes {
  readonly adminSecret: string;
  readonly gatewayUrl: string;
  readonly accounts: Accounts;
  readonly tickets: Tickets;
  issueToken(account: Account): Promise<string>;
  rotateKeys(): Promise<void>;
}

type Reply = readonly [status: number, body: object];

/** What the commands of this machine ask for, below `/local`. Every request needs the admin secret. */
export const localRoutes =
  (options: LocalRoutes) =>
  async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const [status, body] = await replyTo(options, request, path);
    answerJson(response, status, body);
  };

async function replyTo(options: LocalRoutes, request: IncomingMessage, path: string): Promise<Reply> {
  if (!isAdmin(request, options.adminSecret))
    return [401, { detail: 'The admin secret is wrong or missing.' }];
  const act = request.method === 'POST' ? actions[path] : undefined;
  if (!act) return [404, { detail: 'There is no such address.' }];
  const input = parsed(await bodyOf(request));
  return input
    ? act(options, input)
    : [400, { detail: 'The body has to be a JSON object of at most 4 KiB.' }];
}

type Input = { readonly person?: unknown; readonly password?: unknown };

const actions: Readonly<Record<string, (options: LocalRoutes, input: Input) => Promise<Reply>>> = {
  '/local/tickets': async (options, { person }) => {
    if (person === undefined)
      return [201, { links: await linksOf(options, onePerRole(await options.accounts.all())) }];
    return withAccount(options, person, async (account) => [
      201,
      { links: await linksOf(options, [account]) },
    ]);
  },
  '/local/tokens': (options, { person }) =>
    withAccount(options, person, async (account) => [
      201,
      { accessToken: await options.issueToken(account) },
    ]),
  '/local/passwords': (options, { person, password }) =>
    withAccount(options, person, async ({ subject }) => {
      if (typeof password !== 'string' || password.length < 8 || password.length > 256)
        return [400, { detail: 'A password has 8 to 256 characters.' }];
      await options.accounts.setPassword(subject, password);
      return [200, { person: subject }];
    }),
  '/local/keys': async ({ rotateKeys }) => {
    await rotateKeys();
    return [201, {}];
  },
};

async function withAccount(
  { accounts }: LocalRoutes,
  person: unknown,
  work: (account: Account) => Promise<Reply>,
): Promise<Reply> {
  const account = typeof person === 'string' ? await accounts.find(person) : undefined;
  if (account) return work(account);
  const people = (await accounts.all()).map(({ subject }) => subject);
  return [404, { detail: 'There is no such person.', people }];
}

const linksOf = ({ tickets, gatewayUrl }: LocalRoutes, accounts: readonly Account[]) =>
  Promise.all(
    accounts.map(async ({ subject, roles }) => ({
      person: subject,
      role: roles[0],
      url: `${gatewayUrl}/session/sign-in?ticket=${await tickets.issue(subject)}`,
    })),
  );

const onePerRole = (accounts: readonly Account[]) =>
  accounts.filter(({ roles }, index) => accounts.findIndex((one) => one.roles[0] === roles[0]) === index);

function isAdmin({ headers }: IncomingMessage, secret: string): boolean {
  // A page in a browser sends an Origin; the commands do not.
  if (headers.origin !== undefined) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${secret}`));
}

function parsed(body: string | undefined): Input | undefined {
  try {
    const input: unknown = JSON.parse(body ?? '');
    return typeof input === 'object' && input !== null ? (input as Input) : undefined;
  } catch {
    return undefined;
  }
}
