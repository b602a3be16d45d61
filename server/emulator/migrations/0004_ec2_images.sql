-- The image that an instance was launched from.
ALTER TABLE ec2_instances ADD COLUMN image_id TEXT;

UPDATE ec2_instances SET image_id = CASE id
    WHEN 'i-0238e4ae9600e8fdd' THEN 'ami-0b20f552f63953f0e'
    WHEN 'i-04970a7f373ac630b' THEN 'ami-0d52744d6551d851e'
    WHEN 'i-016d04a4ae49531af' THEN 'ami-07c589821f2b353aa'
END;
