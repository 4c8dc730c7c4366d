// SCORM 2004: window.API_1484_11. Rules of sequencing are not followed; where the content asks to go next, the player goes.
import { Scorm2004API } from 'scorm-again/scorm2004';
import { begin } from './frame.js';

const number = (text) => (text === '' || text == null || Number.isNaN(Number(text)) ? null : Number(text));
const text = (value) => (value == null ? '' : String(value));

const moves = {
  SequenceNext: 'continue', SequencePrevious: 'previous', SequenceChoice: 'choice', SequenceJump: 'choice',
  SequenceExit: 'exit', SequenceExitAll: 'exit', SequenceAbandon: 'exit', SequenceAbandonAll: 'exit',
};

begin('API_1484_11', (start) => {
  const api = new Scorm2004API({ logLevel: 'NONE', scoItemIds: start.moves.choices });
  api.loadFromJSON({
    learner_id: start.learner_id,
    learner_name: start.learner_name,
    credit: 'credit',
    mode: 'normal',
    entry: start.resumes ? 'resume' : start.status === 'not_attempted' ? 'ab-initio' : '',
    total_time: `PT${start.total_seconds}S`,
    location: start.location,
    suspend_data: start.suspend_data,
    launch_data: text(start.launch_data),
    ...(start.status === 'not_attempted' ? {} : { completion_status: start.status }),
    success_status: start.success,
    scaled_passing_score: text(start.passing_score),
    score: { raw: text(start.score_raw), min: text(start.score_min), max: text(start.score_max), scaled: text(start.score_scaled) },
  });
  const { request_valid: valid } = api.adl.nav;
  valid.continue = String(start.moves.continue);
  valid.previous = String(start.moves.previous);
  let isSaid = false;
  let isLeft = false;
  return {
    api,
    initialize: 'Initialize',
    read: () => {
      const { cmi } = api.renderCMIToJSONObject();
      // A part that never says how far it is counts as completed once it has been left: so says the standard.
      const status = isLeft && !isSaid && cmi.completion_status === 'unknown' ? 'completed' : cmi.completion_status || 'unknown';
      return {
        status: status.replace(' ', '_'),
        success: cmi.success_status || 'unknown',
        score_raw: number(cmi.score.raw),
        score_min: number(cmi.score.min),
        score_max: number(cmi.score.max),
        score_scaled: number(cmi.score.scaled),
        location: text(cmi.location),
        suspend_data: text(cmi.suspend_data),
        session_time: text(cmi.session_time),
        suspended: cmi.exit === 'suspend',
      };
    },
    changes: ({ soon, now, go }) => {
      api.on('SetValue', (element) => {
        isSaid ||= element === 'cmi.completion_status';
        soon();
      });
      api.on('Commit', now);
      api.on('Terminate', () => {
        isLeft = true;
        now();
        // "Keep my place and let me out", for which the library has no event.
        if (/^_?suspendAll$/.test(api.adl.nav.request)) go('exit');
      });
      for (const [event, to] of Object.entries(moves)) api.on(event, (target) => go(to, target));
    },
  };
});
