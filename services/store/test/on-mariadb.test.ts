// All of them again, on MariaDB.
import './choose-mariadb.ts';
import './dead-letters.test.ts';
import './history.test.ts';
import './ship-later.test.ts';
import './ship-on-arrival.test.ts';
import { needs } from '@phone82/testkit';

needs('mariadb');
