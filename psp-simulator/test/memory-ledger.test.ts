import { createMemoryLedger } from '../src/index.ts';
import { ledgerContract } from './ledger-contract.ts';

ledgerContract('the ledger in memory', createMemoryLedger);
