export const CALLBACK_PATH = '/session/callback';
/** Where the issuer sends a browser after it signed out there. */
export const SIGNED_OUT_PATH = '/';
