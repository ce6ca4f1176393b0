// All of them again, on MariaDB.
import './choose-mariadb.ts';
import './history.test.ts';
import './mileage.test.ts';
import { needs } from '@phone82/testkit';

needs('mariadb');
