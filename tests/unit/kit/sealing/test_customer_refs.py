from services.kit.sealing.customer_refs import REF_BYTES, customer_ref


def test_a_customer_is_kept_as_a_keyed_hash_only() -> None:
    key, other_key = b"k" * 32, b"o" * 32

    ref = customer_ref(key, "C-1")

    assert ref is not None
    assert len(ref) == REF_BYTES
    assert ref == customer_ref(key, "C-1")
    assert ref not in (customer_ref(key, "C-2"), customer_ref(other_key, "C-1"))
    assert customer_ref(key, None) is None
