import { type Authenticate, demoPrincipal, MAIN_AGENCY, type Principal, type Role } from '@phone82/access';

const SCHEME = 'Simulated ';

type Claimed = Pick<Principal, 'subject' | 'roles' | 'service'>;

const header = (claimed: Claimed) => ({ authorization: `${SCHEME}${JSON.stringify(claimed)}` });

/** With this header a simulated person says who they are. */
export const signedIn = (subject: string, ...roles: readonly Role[]) =>
  header({ subject, roles, service: null });

/** With this header a simulated service says who calls, and for whom. */
export const signedBy = (service: string, subject = service) => header({ subject, roles: [], service });

/** Believes what those headers say, for signatures are not simulated. Without one a request is of the local demo. */
export const simulatedSignIn: Authenticate = ({ headers: { authorization } }) => {
  if (typeof authorization !== 'string' || !authorization.startsWith(SCHEME)) return demoPrincipal;
  const claimed = JSON.parse(authorization.slice(SCHEME.length)) as Claimed;
  return { ...claimed, agency: claimed.roles.includes('agency') ? MAIN_AGENCY : null };
};
