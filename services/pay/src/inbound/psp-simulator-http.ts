import { type HttpServer, problemResponses } from '@phone82/http';
import Type from 'typebox';

const behaviours = ['approve', 'decline', 'slow', 'dropAnswer', 'dropRequest'] as const;

const Instruction = Type.Object(
  { behaviour: Type.Enum([...behaviours]), orderId: Type.Optional(Type.Integer({ minimum: 1 })) },
  { additionalProperties: false, title: 'PspInstruction' },
);

type Instruct = (behaviour: (typeof behaviours)[number], orderId?: number) => void;

/** `PUT /psp-simulator`: how the simulated PSP treats the next charges, of one order or of all. */
export const pspSimulatorRoutes = (instruct: Instruct) => (server: HttpServer) => {
  const instructing = {
    operationId: 'instructPspSimulator',
    summary: 'Tells the simulated PSP how to treat charges',
    tags: ['simulator'],
    body: Instruction,
    response: {
      200: { description: 'It will.', content: { 'application/json': { schema: Instruction } } },
      ...problemResponses('request-invalid'),
    },
  };
  server.put('/psp-simulator', { schema: instructing }, (request) => {
    instruct(request.body.behaviour, request.body.orderId);
    return request.body;
  });
};
