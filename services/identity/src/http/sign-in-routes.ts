import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Account } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Attempts } from '../attempts/attempts.ts';
import { type Language, languageOf } from '../pages/language.ts';
import { failedPage } from '../pages/notice-page.ts';
import { pageHeaders } from '../pages/page.ts';
import { type Refusal, signInPage } from '../pages/sign-in-page.ts';
import { ticketIn } from '../tickets/login-hint.ts';
import type { Tickets } from '../tickets/tickets.ts';
import { answer, bodyOf } from './answer.ts';

export interface SignInOptions {
  readonly provider: Provider;
  readonly issuer: string;
  readonly gatewayUrl: string;
  readonly accounts: Accounts;
  readonly tickets: Tickets;
  readonly attempts: Attempts;
  /** Told of each attempt, for the metrics. */
  onAttempt(method: 'ticket' | 'password', outcome: 'accepted' | 'refused' | 'limited'): void;
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly interaction: Interaction;
  readonly language: Language;
}

/** The sign-in page: a one-time link signs in at once, everyone else sees the form. */
export function signInRoutes(options: SignInOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const acceptLanguage = request.headers['accept-language'];
    const interaction = await options.provider.interactionDetails(request, response).catch(() => undefined);
    if (!interaction || request.url?.split('?')[0] !== `/interaction/${interaction.uid}`)
      return sendPage(options, response, 400, failedPage(languageOf('', acceptLanguage), options.gatewayUrl));
    const language = languageOf(interaction.params.ui_locales, acceptLanguage);
    const visit = { request, response, interaction, language };
    if (request.method === 'POST') return submit(options, visit);
    if (request.method === 'GET') return show(options, visit);
    answer(response, 405, '', { allow: 'GET, POST' });
  };
}

async function show(options: SignInOptions, visit: Visit): Promise<void> {
  const ticket = ticketIn(visit.interaction.params);
  if (ticket === undefined) return form(options, visit, 200);
  const subject = await options.tickets.redeem(ticket);
  const account = subject === undefined ? undefined : await options.accounts.find(subject);
  options.onAttempt('ticket', account ? 'accepted' : 'refused');
  if (!account) return form(options, visit, 400, { kind: 'ticketUsed' });
  return finish(options, visit, account);
}

async function submit(options: SignInOptions, visit: Visit): Promise<void> {
  const { request, response, language } = visit;
  const body = isOurForm(request, options.issuer) ? await bodyOf(request) : undefined;
  if (body === undefined) return sendPage(options, response, 400, failedPage(language, options.gatewayUrl));
  const fields = new URLSearchParams(body);
  const user = fields.get('user')?.trim() ?? '';
  const waitMs = await options.attempts.count(user, request.socket.remoteAddress ?? '');
  if (waitMs !== undefined) {
    options.onAttempt('password', 'limited');
    return form(options, visit, 429, { kind: 'tooMany', waitMs }, user);
  }
  const account = await options.accounts.withPassword(user, fields.get('password') ?? '');
  options.onAttempt('password', account ? 'accepted' : 'refused');
  if (!account) return form(options, visit, 401, { kind: 'wrong' }, user);
  await options.attempts.clear(user);
  return finish(options, visit, account);
}

/** A page of another port of this host is of the same site to a browser, so the origin counts. */
function isOurForm({ headers }: IncomingMessage, issuer: string): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  return (origin === undefined || origin === issuer) && (site === undefined || site === 'same-origin');
}

/** Goes back to the authorization request, as this person and nobody else. */
async function finish({ provider }: SignInOptions, visit: Visit, { subject }: Account): Promise<void> {
  const { request, response, interaction } = visit;
  if (interaction.session?.accountId && interaction.session.accountId !== subject)
    await forgetEarlierPerson(provider, interaction);
  await provider.interactionFinished(request, response, { login: { accountId: subject } });
}

/** Ends the session of whoever signed in before in this browser. Their refresh tokens end with it. */
async function forgetEarlierPerson(provider: Provider, interaction: Interaction): Promise<void> {
  const uid = interaction.session?.uid;
  const session = uid ? await provider.Session.findByUid(uid) : undefined;
  await session?.destroy();
  delete interaction.session;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1_000));
}

function form(
  options: SignInOptions,
  { response, language }: Visit,
  status: number,
  refusal?: Refusal,
  user = '',
): void {
  const retryAfter = refusal?.kind === 'tooMany' && { 'retry-after': `${Math.ceil(refusal.waitMs / 1_000)}` };
  sendPage(options, response, status, signInPage(language, user, refusal), retryAfter || {});
}

const sendPage = (
  { gatewayUrl }: SignInOptions,
  response: ServerResponse,
  status: number,
  html: string,
  headers: Readonly<Record<string, string>> = {},
) => answer(response, status, html, { ...pageHeaders(gatewayUrl), ...headers });
