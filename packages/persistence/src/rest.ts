/** What many do at the same moment in one statement is taken up again after this pause: fewer statements do the same for a crowd, and a single one does not wait. */
export const REST_MS = 8;
