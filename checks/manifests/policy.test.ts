import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { plantedViolations, rendered } from './planted-violations.ts';
import { podRules } from './pod-rules.ts';
import { policyFaults } from './policy.ts';
import { systemRules } from './system-rules.ts';

describe('the policy for manifests', () => {
  test('finds nothing in the rendered chart', () => {
    assert.deepEqual(policyFaults(rendered), []);
  });

  for (const { rule, what, manifests } of plantedViolations)
    test(`${rule} catches what "${what}" stands for`, () => {
      const found = policyFaults(manifests).filter((fault) => fault.startsWith(`${rule}: `));
      assert.ok(
        found.some((fault) => fault.includes(what)),
        `caught: ${found.join(', ') || 'nothing'}`,
      );
    });

  test('has a planted violation for every rule', () => {
    const tried = new Set(plantedViolations.map(({ rule }) => rule));
    const rules = [...podRules, ...systemRules].map(({ name }) => name);
    assert.deepEqual(
      rules.filter((name) => !tried.has(name)),
      [],
    );
  });
});
