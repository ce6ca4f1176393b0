import { runService } from '@phone82/host';
import { store } from './build.ts';

await runService(store);
