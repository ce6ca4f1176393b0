/**
 * Milliseconds that what many do at the same moment, in one statement, rests before it is taken up again. A crowd needs fewer
 * statements by that; who comes alone does not wait.
 */
export const REST_MS = 24;
