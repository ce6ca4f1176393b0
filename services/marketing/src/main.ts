import { runService } from '@phone82/host';
import { marketing } from './build.ts';

await runService(marketing);
