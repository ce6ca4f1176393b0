import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { CALLBACK } from './issuer-under-test.ts';

/** An authorization request of the gateway, and what the callback is redeemed with. */
export async function authorizationRequest(client: Configuration, further: Record<string, string> = {}) {
  const verifier = randomPKCECodeVerifier();
  const state = randomState();
  const nonce = randomNonce();
  const url = buildAuthorizationUrl(client, {
    redirect_uri: CALLBACK,
    scope: 'openid profile',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...further,
  });
  return {
    url,
    redeem: (callback: URL, withVerifier = verifier) =>
      authorizationCodeGrant(client, callback, {
        pkceCodeVerifier: withVerifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      }),
  };
}
