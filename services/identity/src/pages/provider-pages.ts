import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { type Language, languageOf } from './language.ts';
import { failedPage, signedOutPage, signOutPage } from './notice-page.ts';
import { pageHeaders } from './page.ts';

/** The provider's own pages in our look. */
const show = (ctx: KoaContextWithOIDC, gatewayUrl: string, html: (language: Language) => string) => {
  const language = languageOf(ctx.oidc?.params?.ui_locales, ctx.get('accept-language'));
  ctx.set(pageHeaders(gatewayUrl));
  ctx.body = html(language);
};

export const renderSignOut = (gatewayUrl: string) => async (ctx: KoaContextWithOIDC, form: string) =>
  show(ctx, gatewayUrl, (language) => signOutPage(language, form));

export const renderSignedOut = (gatewayUrl: string) => async (ctx: KoaContextWithOIDC) =>
  show(ctx, gatewayUrl, (language) => signedOutPage(language, gatewayUrl));

export const renderError =
  (gatewayUrl: string) =>
  async (ctx: KoaContextWithOIDC, { error, error_description: description }: ErrorOut) =>
    show(ctx, gatewayUrl, (language) =>
      failedPage(language, gatewayUrl, [error, description].filter(Boolean).join(': ')),
    );
