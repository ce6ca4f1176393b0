export { type Access, mayCall, type OwnedBy, type OwningRole, ownedBy, type Restricted } from './access.ts';
export {
  type AccessConfig,
  accessConfig,
  isLocalDemo,
  requireAccess,
  type ServiceKeyConfig,
  serviceKeyConfig,
} from './access-config.ts';
export { type Authenticate, type AuthenticateOptions, createAuthenticate } from './authenticate.ts';
export { authenticateBy } from './authenticate-by.ts';
export { isLocalRequest, type RequestFacts, SESSION_COOKIES } from './local-request.ts';
export {
  ANY_SERVICE,
  DEMO_SUBJECT,
  demoPrincipal,
  MAIN_AGENCY,
  type Principal,
  type Role,
  roles,
} from './principal.ts';
export { createServiceSigner, readServiceKey, type ServiceSigner } from './service-signer.ts';
export { type ServiceKeySource, type ServiceKeys, serviceKeysFile, serviceTokens } from './service-tokens.ts';
export { trustedAddresses } from './trusted-addresses.ts';
export { type TokenVerifier, userTokens } from './user-tokens.ts';
