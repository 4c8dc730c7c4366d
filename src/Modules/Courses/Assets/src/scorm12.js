// SCORM 1.2: window.API.
import { Scorm12API } from 'scorm-again/scorm12';
import { begin } from './frame.js';

const pad = (value) => String(value).padStart(2, '0');
const time = (seconds) => `${String(Math.floor(seconds / 3600)).padStart(4, '0')}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
const number = (text) => (text === '' || text == null || Number.isNaN(Number(text)) ? null : Number(text));
const text = (value) => (value == null ? '' : String(value));

begin('API', (start) => {
  // A part that never says how far it is counts as completed once it has been left: so says the standard.
  const api = new Scorm12API({ autoCompleteLessonStatus: true, mastery_override: true, logLevel: 'NONE' });
  api.loadFromJSON({
    core: {
      student_id: start.learner_id,
      student_name: start.learner_name,
      credit: 'credit',
      lesson_mode: 'normal',
      entry: start.resumes ? 'resume' : start.status === 'not_attempted' ? 'ab-initio' : '',
      total_time: time(start.total_seconds),
      lesson_location: start.location,
      ...(start.status === 'not_attempted' ? {} : { lesson_status: start.status }),
      score: { raw: text(start.score_raw), min: text(start.score_min), max: text(start.score_max) },
    },
    suspend_data: start.suspend_data,
    launch_data: text(start.launch_data),
    student_data: { mastery_score: text(start.mastery_score) },
  });
  return {
    api,
    initialize: 'LMSInitialize',
    read: () => {
      const { cmi } = api.renderCMIToJSONObject();
      return {
        status: (cmi.core.lesson_status || 'not attempted').replace(' ', '_'),
        success: 'unknown',
        score_raw: number(cmi.core.score.raw),
        score_min: number(cmi.core.score.min),
        score_max: number(cmi.core.score.max),
        score_scaled: null,
        location: text(cmi.core.lesson_location),
        suspend_data: text(cmi.suspend_data),
        session_time: text(cmi.core.session_time),
        suspended: cmi.core.exit === 'suspend',
      };
    },
    changes: ({ soon, now }) => {
      api.on('LMSSetValue', soon);
      api.on('LMSCommit', now);
      api.on('LMSFinish', now);
    },
  };
});
