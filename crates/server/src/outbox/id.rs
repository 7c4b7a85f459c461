//! The id of a message: the same message has the same id, whoever plans it and how often.

use uuid::{Builder, Uuid};

use super::message::Channel;

/// The space of our ids: arbitrary, the same in every version.
const SPACE: Uuid = Uuid::from_u128(0x6a6f_626e_6574_4f75_8462_6f78_0000_0001);

/// The id of the message of a step of a trial to a unit by a channel. It has the form of version 4, as
/// MeMo asks of a message; its bits are those of the digest of version 5.
pub fn message_id(trial: &str, unit: &str, step: &str, channel: Channel) -> Uuid {
    // Lengths before the parts: no two lists of parts are one text.
    let name: String = [trial, unit, step, channel.word()]
        .iter()
        .map(|part| format!("{}:{part};", part.len()))
        .collect();
    Builder::from_random_bytes(Uuid::new_v5(&SPACE, name.as_bytes()).into_bytes()).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_of_its_four_parts_and_stays_the_same_in_every_version() {
        let id = message_id("checklist", "u1", "invite", Channel::Email);
        // Python: uuid.uuid5(UUID(int=0x6a6f626e65744f7584626f7800000001),
        //                    "9:checklist;2:u1;6:invite;5:email;"), with version=4
        assert_eq!(id.to_string(), "c56fab90-d181-4fb8-9bf2-7c6780666b9c");
        assert_eq!(id.get_version_num(), 4);
        for other in [
            message_id("checklis", "tu1", "invite", Channel::Email),
            message_id("checklist", "u", "1invite", Channel::Email),
            message_id("checklist", "u1", "invite", Channel::NemSms),
            message_id("checklist", "u2", "invite", Channel::Email),
        ] {
            assert_ne!(other, id);
        }
    }
}
