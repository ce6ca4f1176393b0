import { useMariadb } from '@phone82/testkit';

// Imported before the suites, which take their databases when they are defined.
useMariadb();
