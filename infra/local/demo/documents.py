"""Every document by which the demo is loaded."""

from typing import Final

from infra.local.demo import erasure, loading
from infra.local.demo.pulses import running

DOCUMENTS: Final = (
    erasure.DECIDE_PRIVACY,
    erasure.READ_ERASURE,
    erasure.REQUEST_ERASURE,
    loading.CHANGE_SURVEY_STATE,
    loading.CLOSE_DEPARTMENT,
    loading.CREATE_SURVEY,
    loading.FIND_DATA,
    loading.MOVE_DEPARTMENT,
    loading.REGISTER_METRIC,
    loading.SET_TARGET,
    loading.START_DRIVERS,
    loading.SUBMIT_RESPONSES,
    loading.UPSERT_CUSTOMERS,
    loading.UPSERT_DEPARTMENTS,
    loading.UPSERT_EMPLOYEES,
    loading.UPSERT_GRANTS,
    loading.UPSERT_TOUCHPOINTS,
    loading.UPSERT_USERS,
    running.STANDARD,
    running.UPSERT_WAVE,
    running.WAVES,
)
