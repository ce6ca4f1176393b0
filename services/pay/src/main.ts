import { runService } from '@phone82/host';
import { pay } from './build.ts';

await runService(pay);
