export { type Access, mayCall, type OwnedBy, ownedBy, type Restricted } from './access.ts';
export {
  type AccessConfig,
  accessConfig,
  isLoopbackHost,
  requireAccess,
  type ServiceKeyConfig,
  serviceKeyConfig,
} from './access-config.ts';
export type { Authenticate } from './authenticate.ts';
export { authenticateBy } from './authenticate-by.ts';
export { type ClaimNames, principalOf } from './claims.ts';
export { bringsSession, isLocalRequest, SESSION_COOKIE } from './local-request.ts';
export { DEMO_SUBJECT, demoPrincipal, MAIN_AGENCY, type Principal, type Role } from './principal.ts';
export { createServiceSigner, readServiceKey } from './service-signer.ts';
