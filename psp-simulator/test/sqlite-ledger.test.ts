import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { openSqliteLedger } from '../src/ledger/sqlite-ledger.ts';
import { openLedgerFile } from '../src/ledger/sqlite-schema.ts';
import { ledgerContract, paymentOf } from './ledger-contract.ts';

const folder = await temporaryFolder();
after(() => folder.remove());
let files = 0;
const newFile = () => path.join(folder.path, `${++files}`, 'ledger.db');

ledgerContract('the ledger in a file', () => openSqliteLedger(newFile()));

describe('the ledger in a file', () => {
  test('is as it was when it is opened again', async () => {
    const file = newFile();
    const first = openSqliteLedger(file);
    await first.transact((books) => books.addPayment(paymentOf('a')));
    await first.close();
    const second = openSqliteLedger(file);
    assert.deepEqual(await second.transact((books) => books.payment('key-of-a')), paymentOf('a'));
    await second.close();
  });

  test('shows others what came at the same time all at once, and before it is answered', async () => {
    const file = newFile();
    const ledger = openSqliteLedger(file);
    const outside = new DatabaseSync(file, { readOnly: true });
    const count = () => outside.prepare('select count(*) as payments from payments').get()?.payments;
    const entries = ['a', 'b', 'c'].map((order) =>
      ledger.transact((books) => books.addPayment(paymentOf(order))).then(count),
    );
    assert.equal(count(), 0);
    assert.deepEqual(await Promise.all(entries), [3, 3, 3]);
    outside.close();
    await ledger.close();
  });

  test('makes durable what is under way when it is closed', async () => {
    const file = newFile();
    const ledger = openSqliteLedger(file);
    const entered = ledger.transact((books) => books.addPayment(paymentOf('a')));
    await ledger.close();
    await entered;
    const again = openSqliteLedger(file);
    assert.deepEqual(await again.transact((books) => books.payment('key-of-a')), paymentOf('a'));
    await again.close();
  });

  test('waits for the disk at every commit', async () => {
    const database = openLedgerFile(newFile());
    assert.deepEqual({ ...database.prepare('pragma journal_mode').get() }, { journal_mode: 'wal' });
    assert.deepEqual({ ...database.prepare('pragma synchronous').get() }, { synchronous: 2 });
    database.close();
  });

  test('is refused where it is of another version', async () => {
    const file = newFile();
    await openSqliteLedger(file).close();
    const database = new DatabaseSync(file);
    database.exec('pragma user_version = 99');
    database.close();
    assert.throws(() => openSqliteLedger(file), /is of version 99, not 1/);
  });
});
