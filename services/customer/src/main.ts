import { runService } from '@phone82/host';
import { customer } from './build.ts';

await runService(customer);
