import { type Authenticate, demoPrincipal, MAIN_AGENCY, type Principal, type Role } from '@phone82/access';

const SCHEME = 'Simulated ';

/** The header with which a simulated person says who they are. */
export const signedIn = (subject: string, ...roles: readonly Role[]) => ({
  authorization: `${SCHEME}${JSON.stringify({ subject, roles })}`,
});

/** Believes what {@link signedIn} says, for signatures are not simulated. Without it a request is of the local demo. */
export const simulatedSignIn: Authenticate = ({ headers: { authorization } }) => {
  if (typeof authorization !== 'string' || !authorization.startsWith(SCHEME)) return demoPrincipal;
  const { subject, roles } = JSON.parse(authorization.slice(SCHEME.length)) as Pick<
    Principal,
    'subject' | 'roles'
  >;
  return { subject, roles, agency: roles.includes('agency') ? MAIN_AGENCY : null, service: null };
};
