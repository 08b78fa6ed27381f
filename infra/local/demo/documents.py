"""Every document by which the demo is loaded."""

from typing import Final

from infra.local.demo import loading
from infra.local.demo.customers import erasing
from infra.local.demo.pulses import running

DOCUMENTS: Final = (
    erasing.DECIDE_PRIVACY,
    erasing.READ_ERASURE,
    erasing.REQUEST_ERASURE,
    loading.CHANGE_SURVEY_STATE,
    loading.CLOSE_DEPARTMENT,
    loading.CREATE_SURVEY,
    loading.FIND_DATA,
    loading.MOVE_DEPARTMENT,
    loading.RECORD_CONSENT,
    loading.RECORD_INTERACTIONS,
    loading.RECORD_POINTS,
    loading.RECORD_PURCHASES,
    loading.REGISTER_METRIC,
    loading.SET_TARGET,
    loading.START_DRIVERS,
    loading.SUBMIT_RESPONSES,
    loading.UPSERT_CUSTOMERS,
    loading.UPSERT_DEPARTMENTS,
    loading.UPSERT_EMPLOYEES,
    loading.UPSERT_GRANTS,
    loading.UPSERT_SUBSCRIPTIONS,
    loading.UPSERT_SEGMENT,
    loading.UPSERT_TOUCHPOINTS,
    loading.UPSERT_USERS,
    running.STANDARD,
    running.UPSERT_WAVE,
    running.WAVES,
)
