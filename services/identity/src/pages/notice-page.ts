import type { Language } from './language.ts';
import { escapeHtml, page } from './page.ts';
import { textsIn } from './texts.ts';

const backLink = (language: Language, gatewayUrl: string) =>
  `<a href="${escapeHtml(gatewayUrl)}/">${textsIn(language).back}</a>`;

/** The sign-in can't go on. The detail is for the developer of a client; it is not translated. */
export function failedPage(language: Language, gatewayUrl: string, detail?: string): string {
  const { failedTitle, failed } = textsIn(language);
  const note = detail ? `<p class="note"><code>${escapeHtml(detail)}</code></p>` : '';
  return page(language, failedTitle, `<p>${failed}</p>${backLink(language, gatewayUrl)}${note}`);
}

export const signedOutPage = (language: Language, gatewayUrl: string) =>
  page(language, textsIn(language).signedOut, backLink(language, gatewayUrl));

/** Asks before it signs out. `form` is the provider's own form with the id `op.logoutForm`. */
export function signOutPage(language: Language, form: string): string {
  const { signOutTitle, signOut, stay } = textsIn(language);
  return page(
    language,
    signOutTitle,
    `${form.replace(
      '</form>',
      `<button name="logout" value="yes">${signOut}</button><button class="second">${stay}</button></form>`,
    )}`,
  );
}
