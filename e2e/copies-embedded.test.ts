import { needs } from '@phone82/testkit';
import { copiesContract } from './copies-contract.ts';
import { newSystem } from './system-under-test.ts';

needs('mariadb');
copiesContract('embedded', newSystem);
