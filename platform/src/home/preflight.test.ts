import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { faultBehind } from '../faults.ts';
import type { System } from '../system.ts';
import { topology } from '../topology.ts';
import { prepareHome, requireFreeDisk, requireFreePorts } from './preflight.ts';
import { LAYOUT, requireOurVersion } from './version.ts';

describe('before anything is started', () => {
  let system: System;

  beforeEach(async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'phone82-home-'));
    system = { root: home, home, portOffset: 0, topology, environment: {} };
  });
  afterEach(() => rm(system.home, { recursive: true }));

  test('a nearly full disk is refused with what to do', async () => {
    await assert.rejects(
      requireFreeDisk(system, async () => 199),
      /disk that holds .* is full: free 200 MB at least, or put the data elsewhere with PHONE82_HOME/,
    );
    await requireFreeDisk(system, async () => 201);
  });

  test('a disk that fills up on the way gets the same sentence', () => {
    const error = Object.assign(new Error('write'), { code: 'ENOSPC' });
    assert.match(faultBehind(error, '/data')?.message ?? '', /disk that holds \/data is full/);
  });

  test('a taken port is named with its service and with a way around', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const services = [{ name: 'store', port, entry: '', needs: () => ({}) }];
    await assert.rejects(
      requireFreePorts({ ...system, topology: { ...topology, services } }, [{ name: 'postgres', port: 0 }]),
      new RegExp(`Port ${port} \\(store\\) is taken by another program: .* PHONE82_PORT_OFFSET=100`),
    );
    other.close();
  });

  test('a new data folder is marked with its version, which is then accepted', async () => {
    await requireOurVersion(system);
    const mark = JSON.parse(await readFile(path.join(system.home, 'version.json'), 'utf8'));
    assert.deepEqual(mark, { layout: LAYOUT });
    await requireOurVersion(system);
  });

  for (const text of ['{"layout":99}', 'not JSON']) {
    test(`a data folder marked ${text} is refused with the ways out`, async () => {
      await writeFile(path.join(system.home, 'version.json'), text);
      await assert.rejects(requireOurVersion(system), /reads layout 1: use the phone82 that made it.*reset/);
    });
  }

  test('a data folder that can not be made is named', async () => {
    await writeFile(path.join(system.home, 'file'), '');
    const home = path.join(system.home, 'file', 'below');
    await assert.rejects(prepareHome({ ...system, home }), /can't write .*below.*: make it writable/);
  });
});
